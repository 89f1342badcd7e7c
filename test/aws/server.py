"""moto's server, mended where it does not speak AWS's protocol: each mend stands in differences.ts."""
from datetime import datetime, timezone
from threading import Lock
from uuid import NAMESPACE_URL, uuid5

import moto.bedrockagent.models as bedrockagent
import moto.ssoadmin.models as ssoadmin
from moto.dynamodb.models.table import Table
from moto.dynamodb.responses import DynamoHandler
from moto.server import main

# The API's model says iso8601; moto answers with a number, which no SDK takes.
bedrockagent.unix_time = lambda: datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

# A permission set's ARN is none of its instance's.
instance_id = ssoadmin.PermissionSet.generate_id
ssoadmin.PermissionSet.generate_id = staticmethod(
    lambda arn: instance_id(arn.replace(":instance/", ":permissionSet/"))
)

# A transaction that is cancelled puts back the whole table as it was, and what others wrote meanwhile is lost.
one_at_a_time = Lock()
call_action = DynamoHandler.call_action


def alone(self):
    with one_at_a_time:
        return call_action(self)


DynamoHandler.call_action = alone

# A table has an id that no other ever has; moto tells none.
describe = Table.describe


def described(self, base_key="TableDescription"):
    said = describe(self, base_key)
    said[base_key]["TableId"] = str(uuid5(NAMESPACE_URL, f"{self.table_arn} {id(self)}"))
    return said


Table.describe = described

main()

"""moto's server, mended where it does not speak AWS's protocol: each mend stands in differences.ts."""
from datetime import datetime, timezone

import moto.bedrockagent.models as bedrockagent
from moto.server import main

# The API's model says iso8601; moto answers with a number, which no SDK takes.
bedrockagent.unix_time = lambda: datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

main()

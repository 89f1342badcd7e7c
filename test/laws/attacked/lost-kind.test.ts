import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bind } from "@leasehold/app/world";
import { connectors } from "@leasehold/connectors";
import { derivedId, type Fault } from "@leasehold/core/kernel";
import { afterEach, expect, it, vi } from "vitest";
import { serve } from "../../../packages/functions/src/provider/index.ts";
import { operations, resultOf } from "../../../packages/functions/src/remote/index.ts";

const ENV = {
  LEASEHOLD_BUNDLED: "yes",
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "EXAMPLE",
  AWS_SESSION_TOKEN: "EXAMPLE",
};
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const list = (status: string) =>
  `<ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListAccessKeysResult><IsTruncated>false</IsTruncated><AccessKeyMetadata><member><UserName>deploy</UserName><AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>${status}</Status></member></AccessKeyMetadata></ListAccessKeysResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></ListAccessKeysResponse>`;
const untagged =
  '<ListUserTagsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUserTagsResult><IsTruncated>false</IsTruncated><Tags/></ListUserTagsResult></ListUserTagsResponse>';
const busy =
  '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>2</RequestId></ErrorResponse>';

/** IAM on this machine: the first change is made and its answer is lost on the way; whatever comes next is throttled. */
async function iam() {
  const it = { status: "Active", changes: 0 };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      if (body.includes("Action=ListAccessKeys"))
        return void response.setHeader("content-type", "text/xml").end(list(it.status));
      if (body.includes("Action=ListUserTags"))
        return void response.setHeader("content-type", "text/xml").end(untagged);
      it.changes += 1;
      if (it.changes === 1) {
        it.status = "Inactive";
        return void response
          .writeHead(500)
          .end("<ErrorResponse><Error><Code>InternalFailure</Code></Error></ErrorResponse>");
      }
      response.writeHead(400, { "content-type": "text/xml" }).end(busy);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { it, url, close: () => new Promise((done) => server.close(done)) };
}

it("a change that IAM made is never reported as a throttle, under which nothing was changed", async () => {
  const there = await iam();
  for (const [name, value] of Object.entries({ ...ENV, AWS_ENDPOINT_URL_IAM: there.url })) vi.stubEnv(name, value);
  vi.stubGlobal("fetch", async () => new Response("<Account>111122223333</Account>"));
  const connector = await connectors["aws-iam"]();
  const settings = connector.settings.parse({ account: "111122223333", source: "host" });
  const api = connector.connect!(
    settings,
    async () => "",
    () => "2026-11-02T09:00:00.000Z" as never,
  );
  const provider = bind(connector, "act", api);
  const target = {
    credential: derivedId("crd", "aws", "AKIAIOSFODNN7EXAMPLE"),
    handle: { account: "111122223333", userName: "deploy", accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
  };
  const plan = await provider.hands[0]!.plan(target);
  const hand = { verb: "disable", credential: "access key" };
  const request = { does: "apply", hand, args: [operations.apply.args[0].write(plan)] };
  const answer = await serve(() => provider, "act", JSON.parse(JSON.stringify(request)));
  await there.close();
  expect(there.it.status).toBe("Inactive"); // it was done
  const fault = (() => {
    try {
      return resultOf(JSON.parse(JSON.stringify(answer)), "aws-iam") as Fault;
    } catch (error) {
      return error as Fault;
    }
  })();
  expect(["StalePlan", "Throttled", "PermissionMissing"]).not.toContain(fault.name); // carry-out.ts withdraws the intent on these
});

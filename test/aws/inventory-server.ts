/** First of the imports: the inventory has a server to itself, for the other files empty theirs. */
const url = process.env["LEASEHOLD_MOTO_INVENTORY"];
if (url === undefined) throw new Error("run this by `npm run test:aws`, which starts moto");
Object.assign(process.env, { AWS_ENDPOINT_URL: url, LEASEHOLD_MOTO: url });

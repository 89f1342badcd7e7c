import { DynamoDBClient } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

/** The least that a function of ours could be: a client that it can talk to its table with. */
export const handler = async () => client.config.region();

import { expect, it } from "vitest";
import { secretOf } from "./named.ts";

const place = { partition: "aws", region: "eu-west-1", account: "111122223333" };
const arn = (end: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${end}`;

it.each<[title: string, id: string, name: string]>([
  ["a name", "prod/search", "prod/search"],
  ["a name that ends as an ARN does", "prod/search-ab12cd", "prod/search-ab12cd"],
  ["a name that ends in a word of six letters", "prod/my-secret", "prod/my-secret"],
  ["a whole ARN", arn("prod/search-AbCdEf"), "prod/search"],
  ["the whole ARN of a name that ends as an ARN does", arn("prod/search-ab12cd-AbCdEf"), "prod/search-ab12cd"],
  ["the whole ARN of a name that ends in a word of six letters", arn("prod/my-secret-AbCdEf"), "prod/my-secret"],
  ["an ARN short of its end", arn("prod/search"), "prod/search"],
  ["an ARN short of its end that ends as a whole one: so AWS takes it", arn("prod/search-ab12cd"), "prod/search"],
])("tells by %s which secret is meant", (_title, id, name) => {
  expect(secretOf(place, id)).toMatchObject({ name, arn: arn(name) });
});

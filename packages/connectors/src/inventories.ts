/** Vendors' own files of what exists, read into what their list would say. Lazy too: no function reads files. */
export const inventories = {
  "aws-iam": () => import("./aws-iam/details/index.ts").then((m) => m.readDetails),
} as const;

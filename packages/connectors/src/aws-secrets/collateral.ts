import type { Collateral } from "@leasehold/core/connector";

const REFERENCE = "https://docs.aws.amazon.com/secretsmanager/latest";

/** What Secrets Manager does besides. */
export const collateral: readonly Collateral[] = [
  {
    ...{ credential: "secret", verb: "disable", by: "us" },
    what: "Nobody can read the secret any more, and its rotation fails. Who has its value in hand has it still: the service that it opens takes it. Its copies in other Regions take its policy over.",
    instead: "Rotate it: then the old value opens nothing, and who needs the new one goes on.",
    source: `${REFERENCE}/userguide/auth-and-access_resource-policies.html`,
  },
  {
    ...{ credential: "secret", verb: "delete", by: "us" },
    what: "It cannot be read from this instant on. For 30 days a person can bring it back (RestoreSecret), and our policy is on it still; after that nobody can. The service that it opens takes its value all the same.",
    source: `${REFERENCE}/apireference/API_DeleteSecret.html`,
  },
  {
    ...{ credential: "parameter", verb: "delete", by: "hand" },
    what: "A parameter is gone at once, and nothing brings its value back: there is no window, no switch, and a standard one has no policy of its own.",
    instead: "Take the right to read it from whoever reads it.",
    source: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html",
  },
];

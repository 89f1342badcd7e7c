import fc from "fast-check";

// The same cases for everybody, so that `npm test` fails only for what was changed. Others are looked for with LEASEHOLD_SEED=<any number>.
fc.configureGlobal({ seed: Number(process.env["LEASEHOLD_SEED"] ?? 1) });

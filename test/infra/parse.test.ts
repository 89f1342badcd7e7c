import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PLATFORM = `${ROOT}.sst/platform`;

/** As the CLI bundles it before it runs it: ESM for Node, SST's globals injected, Pulumi's packages left to the platform. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${ROOT}sst.config.ts`],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    inject: [`${PLATFORM}/src/shim/run.js`],
    define: { $app: '{"name":"leasehold","stage":"prod"}', $cli: "{}", $dev: "false" },
    external: ["@pulumi/*", "undici", "@pulumiverse/*", "@sst-provider/*", "@aws-sdk/*", "esbuild", "archiver", "glob"],
    logLevel: "silent",
    plugins: [
      {
        name: "globals",
        setup: ({ onLoad }) =>
          onLoad({ filter: /(sst[.]config|stacks[\\/].*)[.]ts$/ }, ({ path }) => ({
            contents: `import * as aws from "@pulumi/aws"; import * as sst from "${PLATFORM}/src/components/index.ts";\n${readFileSync(path, "utf8")}`,
            loader: "ts",
          })),
      },
    ],
  });
  return outputFiles[0]?.text ?? "";
}

it("the CLI can load sst.config.ts and everything behind it", async () => {
  expect(await bundled()).toContain("leasehold.config.ts");
});

it("sst.config.ts imports nothing at its top, which the CLI refuses", () => {
  expect(readFileSync(`${ROOT}sst.config.ts`, "utf8")).not.toMatch(/^import /m);
});

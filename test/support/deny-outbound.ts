import childProcess from "node:child_process";
import dgram from "node:dgram";
import dns from "node:dns";
import { writeSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import tls from "node:tls";

// Loaded before everything else with --import: every way out of the process is shut, and whoever tries one ends it.
const END = 97;

function shut(owner: object, names: readonly string[], called: string): void {
  for (const name of names)
    Object.defineProperty(owner, name, {
      configurable: true,
      writable: true,
      // no arrow: what is called with `new` must come here, too
      value: function outbound() {
        writeSync(2, `outbound: ${called}.${name}\n`);
        process.exit(END); // an error could be caught, and turned into a fault of the provider's
      },
    });
}

const resolving = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name));
shut(dns, resolving, "dns");
shut(dns.promises, resolving, "dns.promises");
shut(dns.Resolver.prototype, ["resolve", "resolve4", "resolve6", "reverse"], "dns.Resolver");
shut(net, ["connect", "createConnection"], "net");
shut(net.Socket.prototype, ["connect"], "net.Socket");
shut(tls, ["connect"], "tls");
shut(http, ["request", "get"], "http");
shut(https, ["request", "get"], "https");
shut(http2, ["connect"], "http2");
shut(dgram, ["createSocket"], "dgram");
shut(childProcess, ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"], "child_process");
shut(globalThis, ["fetch", "WebSocket", "EventSource"], "global");
syncBuiltinESMExports();

import { DatabaseSync } from "node:sqlite";
import { END, openMany } from "./many-keys.ts";

// Lives through the story until its nth durable write, and dies there: before the write or right after it.
const [path = "", nth = "0", when = "after"] = process.argv.slice(2);
const at = Number(nth);
let writes = 0;
const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  const counts = at > 0 && sql === "COMMIT" && ++writes === at;
  if (counts && when === "before") process.kill(process.pid, "SIGKILL");
  exec.call(this, sql);
  if (counts) process.kill(process.pid, "SIGKILL");
};

const laptop = await openMany(path);
await laptop.liveUntil(END);
laptop.close();
process.stdout.write(`finished after ${writes} writes\n`);

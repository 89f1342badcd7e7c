export { deadLetters, type Letter, type Letters } from "./letters.ts";
export { type Notice, noticeIn, type Under } from "./notice.ts";
export { type Bucket, bucketObjects, type Objects } from "./objects.ts";
export { filesOf } from "./place.ts";
export { type Files, filesReader } from "./read.ts";

export { hear } from "./hear.ts";
export { type Polled, pollOne } from "./poll.ts";
export { type FeedView, feedView } from "./view.ts";
export { silentNow, watchFeeds } from "./watch.ts";

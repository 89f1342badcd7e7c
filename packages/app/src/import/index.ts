export { type FirstReport, firstReport, type OfLeaver } from "./first-report.ts";
export { type Joined, joinListed, type ListedAt } from "./join-listed.ts";
export { goOnFrom, isDone, markDone, markPart, type Source } from "./marks.ts";
export { importOwners, type OwnersGiven, type OwnersImported } from "./owners/index.ts";
export { importPeople, PEOPLE_FILE, type PeopleGiven, type PeopleImported, type PeoplePorts } from "./people/index.ts";

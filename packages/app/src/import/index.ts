export { type FirstReport, firstReport, type OfLeaver } from "./first-report.ts";
export { goOnFrom, isDone, markDone, markPart, type Source } from "./marks.ts";
export { importPeople, PEOPLE_FILE, type PeopleGiven, type PeopleImported, type PeoplePorts } from "./people/index.ts";

export { importPeople, PEOPLE_FILE, type PeopleGiven, type PeopleImported, type PeoplePorts } from "./import-people.ts";

export { createPump, type Pump, type PumpPart } from "./pump.ts";
export { hoursOfRate } from "./rate.ts";
export { createSchedule, type Schedule, type Scheduled, type ScheduleParts } from "./schedule.ts";

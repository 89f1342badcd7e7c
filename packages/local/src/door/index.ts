export { type Door, type DoorLimits, isLoopback, openDoor } from "./door.ts";

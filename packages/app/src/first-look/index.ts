export { type Agent, type Expireless, type FirstLook, firstLook, type Naked } from "./first-look.ts";

import { tried } from "./tried.ts";

tried(1); // the other half

import { tried } from "./tried.ts";

tried(0);

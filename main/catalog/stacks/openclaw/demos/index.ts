export { demos } from "./scenarios.ts";

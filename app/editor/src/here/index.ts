export { PeopleBar } from "./people-bar.ts";

// The studio of decision tables: opens the table of the page.

import "./studio.css";
import { openTable } from "./open_table.ts";
import { start } from "./page.ts";

start(openTable);

// The studio: opens the diagram of the page.

import "./studio.css";
import { openDiagram } from "./open_diagram.ts";
import { start } from "./page.ts";

start(openDiagram);

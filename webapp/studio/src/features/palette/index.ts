// The palette's tools bear their names, and can be reached and used by keyboard.

import { PaletteNames } from "./palette_names.ts";

export const palette = { __init__: ["paletteNames"], paletteNames: ["type", PaletteNames] };

// What the browser loads, by the name it is built under in webapp/static/dist.
// An entry of a room that does not exist is left out.
export const scripts = {
  app: "webapp/static/src/app.mjs",
  "diagram-viewer": "webapp/static/src/diagram/index.ts",
  studio: "webapp/studio/src/index.ts",
  "studio-table": "webapp/studio/src/table.ts",
};

export const styles = {
  app: "webapp/static/src/styles/app.scss",
};

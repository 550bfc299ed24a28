/** Puts the parts of the OpenAPI page beside our own, so that it needs nothing from elsewhere. */
import { copyFileSync, mkdirSync } from "node:fs";

mkdirSync("dist/assets", { recursive: true });
for (const file of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
  copyFileSync(`node_modules/swagger-ui-dist/${file}`, `dist/assets/${file}`);
}

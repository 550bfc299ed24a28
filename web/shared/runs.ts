/** Message text as nodes, without links: runs that read from left to right stay whole inside Arabic. */
import { h, type Child } from "./dom";
import { pieces } from "./inline";

export function runs(text: string): Child[] {
  return pieces(text, false).map((piece) => (piece.kind === "ltr" ? h("bdi", { dir: "ltr" }, piece.text) : piece.text));
}

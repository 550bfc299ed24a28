/** How far a run is. */
import { expect, test } from "vitest";
import { isMoving, progressOf, type Run } from "./run";

const run = (state: string, done: number, chunks: number): Run => ({ state, done, chunks }) as Run;

test("a run is asked for again while workers are at it", () => {
  expect(["running", "checked", "approved", "posted", "cancelled"].filter((state) => isMoving(run(state, 0, 1)))).toEqual([
    "running",
    "approved",
  ]);
});

test("progress is told in percent, and a run without accounts is through", () => {
  expect(progressOf(run("running", 1, 3))).toBe(33);
  expect(progressOf(run("running", 0, 0))).toBe(0);
  expect(progressOf(run("checked", 0, 0))).toBe(100);
  expect(progressOf(run("posted", 0, 4))).toBe(100);
});

/** Bill runs and their drafts, as the server tells them. */
import { api, body, listed, type Listed } from "../api";
import type { components } from "../../contract/schema";

export type Run = components["schemas"]["BillRunOut"];
export type Draft = components["schemas"]["DraftOut"];
export const PAGE = 20;
export const EVERY_MS = 1_500;

const MOVING = new Set(["running", "approved"]);

/** Whether workers have something to do for it: then it is asked for again and again. */
export function isMoving(run: Run): boolean {
  return MOVING.has(run.state);
}

/** How far a run is, in percent; one that has nothing to do is through. */
export function progressOf(run: Run): number {
  if (run.state === "posted") return 100;
  if (run.chunks === 0) return isMoving(run) ? 0 : 100;
  return Math.round((100 * run.done) / run.chunks);
}

export async function readRuns(offset: number): Promise<Listed<Run>> {
  return listed(await api.GET("/billing/v1/billRun", { params: { query: { offset, limit: PAGE } } }));
}

export async function readRun(id: string): Promise<Run> {
  return body(await api.GET("/billing/v1/billRun/{run_id}", { params: { path: { run_id: id } } }));
}

export async function readDrafts(id: string, held: boolean, offset: number): Promise<Listed<Draft>> {
  const params = { path: { run_id: id }, query: { held, offset, limit: PAGE } };
  return listed(await api.GET("/billing/v1/billRun/{run_id}/draft", { params }));
}

export interface Start {
  closing: string;
  manual: boolean;
}

export async function startRun({ closing, manual }: Start): Promise<Run> {
  const approval = manual ? "manual" : "automatic";
  return body(await api.POST("/billing/v1/billRun", { body: { closing, approval } }));
}

export async function approveRun(id: string): Promise<Run> {
  return body(await api.POST("/billing/v1/billRun/{run_id}/approve", { params: { path: { run_id: id } } }));
}

export async function cancelRun(id: string): Promise<Run> {
  return body(await api.POST("/billing/v1/billRun/{run_id}/cancel", { params: { path: { run_id: id } } }));
}

/** Unit tests run in a simulated browser; the real one is driven by tests/e2e. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { environment: "happy-dom", include: ["{widget,pages,console,shared}/**/*.test.ts"] },
});

import { defineConfig } from "vite";

export default defineConfig({
  root: "client",
  build: { outDir: "../dist/page", emptyOutDir: true, target: "es2022" },
  esbuild: { jsx: "automatic" },
  // `npx vite` serves the page while it is worked on; the server runs beside it.
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});

// What happens in the book, as it happens: Server-Sent Events.

import type { FastifyInstance } from "fastify";
import type { Crm } from "../crm.ts";

/** How often something is said, so that nothing on the way takes the connection for dead. */
const PULSE = 20_000;

export function events(app: FastifyInstance, { changes }: Crm): void {
  const open = new Set<() => void>();
  app.addHook("preClose", (done) => {
    for (const end of open) end();
    done();
  });

  app.get("/api/events", (_request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
    raw.write("retry: 1000\n\n");
    const pulse = setInterval(() => raw.write(":\n\n"), PULSE);
    const stop = changes.listen(({ event, data }) => raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
    const end = () => raw.end();
    open.add(end);
    raw.once("close", () => {
      clearInterval(pulse);
      stop();
      open.delete(end);
    });
  });
}

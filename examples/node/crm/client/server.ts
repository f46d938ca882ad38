// What the page asks of the server.

import type {
  BulkRequest,
  ChangeAnswer,
  ChangeEvent,
  ContactAnswer,
  ContactRequest,
  CreatedAnswer,
  DefinitionsAnswer,
  ExplainRequest,
  ExplanationAnswer,
  FilterAnswer,
  FilterRequest,
  ImportEvent,
  ImportRequest,
  InteractionRequest,
  ListQuery,
  Moves,
  PageAnswer,
  PageRequest,
  PinRequest,
  PreviewAnswer,
  Problem,
  Refusal,
  ReportAnswer,
  SegmentChange,
  SegmentExplanationAnswer,
  SegmentRequest,
  TagChange,
  UploadAnswer,
} from "../shared/api.ts";

/** What the server refuses, with its problems. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems: Problem[],
  ) {
    super(message);
  }
}

export type Stop = AbortSignal | undefined;

async function send(method: string, path: string, body: BodyInit | null, type: string | null, signal: Stop): Promise<Response> {
  const headers: HeadersInit = type === null ? {} : { "content-type": type };
  const response = await fetch(`/api${path}`, { method, body, headers, signal: signal ?? null });
  if (!response.ok) {
    const { code, message, diagnostics } = (await response.json()) as Refusal;
    throw new RefusedError(response.status, code, message, diagnostics);
  }
  return response;
}

async function ask<T>(method: string, path: string, body?: object, signal?: Stop): Promise<T> {
  const sent = body === undefined ? null : JSON.stringify(body);
  const response = await send(method, path, sent, sent === null ? null : "application/json", signal);
  return (await response.json()) as T;
}

const segmentPath = (name: string) => `/segments/${encodeURIComponent(name)}`;

const tagPath = (name: string) => `/tags/${encodeURIComponent(name)}`;

export const server = {
  definitions: (signal?: Stop) => ask<DefinitionsAnswer>("GET", "/definitions", undefined, signal),
  page: (request: PageRequest, signal?: Stop) => ask<PageAnswer>("POST", "/contacts/page", request, signal),
  contact: (id: number, signal?: Stop) => ask<ContactAnswer>("GET", `/contacts/${id}`, undefined, signal),
  create: (request: ContactRequest) => ask<CreatedAnswer>("POST", "/contacts", request),
  update: (id: number, request: ContactRequest) => ask<ChangeAnswer>("PATCH", `/contacts/${id}`, request),
  record: (id: number, request: InteractionRequest) => ask<ChangeAnswer>("POST", `/contacts/${id}/interactions`, request),
  explain: (id: number, request: ExplainRequest, signal?: Stop) =>
    ask<ExplanationAnswer>("POST", `/contacts/${id}/explanation`, request, signal),
  filter: (request: FilterRequest, signal?: Stop) => ask<FilterAnswer>("POST", "/filter", request, signal),

  createSegment: (request: SegmentRequest) => ask<ChangeAnswer>("POST", "/segments", request),
  changeSegment: (name: string, request: SegmentChange) => ask<ChangeAnswer>("PATCH", segmentPath(name), request),
  deleteSegment: (name: string, force: boolean) =>
    ask<ChangeAnswer>("DELETE", `${segmentPath(name)}${force ? "?force=true" : ""}`),
  previewSegment: (name: string, filter: string, signal?: Stop) =>
    ask<Moves>("POST", `${segmentPath(name)}/preview`, { filter }, signal),
  explainSegment: (name: string, signal?: Stop) =>
    ask<SegmentExplanationAnswer>("GET", `${segmentPath(name)}/explanation`, undefined, signal),
  pin: (name: string, contact: number, request: PinRequest) =>
    ask<ChangeAnswer>("PUT", `${segmentPath(name)}/pins/${contact}`, request),

  renameTag: (tag: string, request: TagChange) => ask<ChangeAnswer>("PATCH", tagPath(tag), request),
  deleteTag: (tag: string, force: boolean) => ask<ChangeAnswer>("DELETE", `${tagPath(tag)}${force ? "?force=true" : ""}`),

  previewBulk: (request: BulkRequest, signal?: Stop) => ask<PreviewAnswer>("POST", "/bulk/preview", request, signal),
  bulk: (request: BulkRequest) => ask<ChangeAnswer>("POST", "/bulk", request),
  undo: (commit: number, force: boolean) => ask<ChangeAnswer>("POST", `/changes/${commit}/undo`, { force }),

  upload: async (file: File, signal: AbortSignal) =>
    (await (await send("POST", "/imports", file, "text/csv", signal)).json()) as UploadAnswer,
  previewImport: (id: string, request: ImportRequest) => ask<ReportAnswer>("POST", `/imports/${id}/preview`, request),
  runImport: (id: string, request: ImportRequest) => ask<ReportAnswer>("POST", `/imports/${id}/run`, request),
  dropImport: (id: string) => send("DELETE", `/imports/${id}`, null, null, undefined),
  rejected: (id: string) => `/api/imports/${id}/rejected.csv`,
  template: (language: string) => `/api/imports/template/${language}`,
  exported: (list: ListQuery) => `/api/contacts.csv?${new URLSearchParams(Object.entries(list))}`,
};

/** What happens in the book, as it happens. The browser connects again by itself. */
export function listen(told: {
  change: (event: ChangeEvent) => void;
  import: (event: ImportEvent) => void;
  connected: (connected: boolean) => void;
}): () => void {
  const source = new EventSource("/api/events");
  source.addEventListener("open", () => told.connected(true));
  source.addEventListener("error", () => told.connected(false));
  source.addEventListener("change", ({ data }: MessageEvent<string>) => told.change(JSON.parse(data) as ChangeEvent));
  source.addEventListener("import", ({ data }: MessageEvent<string>) => told.import(JSON.parse(data) as ImportEvent));
  return () => source.close();
}

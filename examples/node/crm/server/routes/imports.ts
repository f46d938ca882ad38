// A CSV file is dropped, tried, and imported. How far that has come is told by events.

import type { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { type ImportReport, importTemplate } from "tagmata";
import { Type } from "@sinclair/typebox";
import { ImportRequest, type ReportAnswer, type UploadAnswer } from "../../shared/api.ts";
import { answerOf } from "../changes.ts";
import { ACTOR, type Crm } from "../crm.ts";
import { Refused } from "../errors.ts";
import { LARGEST } from "../uploads.ts";
import { type OfUpload, ofUpload } from "./parameters.ts";

/** How many problems a report shows; the file of rejected rows has them all. */
const SHOWN = 500;

const languages = ["en", "fr", "es", "pt"] as const;
const ofLanguage = { params: Type.Object({ language: Type.Union(languages.map((language) => Type.Literal(language))) }) };

export function imports(app: FastifyInstance, crm: Crm): void {
  app.addContentTypeParser("text/csv", { bodyLimit: LARGEST }, (_request, stream, done) => done(null, stream));

  app.post<{ Body: Readable }>("/api/imports", { bodyLimit: LARGEST }, async ({ body }): Promise<UploadAnswer> => {
    const { id, bytes } = await crm.uploads.add(body);
    return { id, bytes };
  });

  for (const [path, dryRun] of [["preview", true], ["run", false]] as const) {
    app.post<OfUpload & { Body: ImportRequest }>(
      `/api/imports/:upload/${path}`,
      { schema: { ...ofUpload, body: ImportRequest } },
      async ({ params, body }): Promise<ReportAnswer> => {
        const report = await read(crm, params.upload, body, dryRun);
        const change = dryRun ? { ...answerOf(report.outcome), commit: null } : crm.made(report.outcome);
        return answer(report, change);
      },
    );
  }

  app.get<OfUpload>("/api/imports/:upload/rejected.csv", { schema: ofUpload }, ({ params }, reply) => {
    const { rejected } = crm.uploads.get(params.upload);
    if (rejected === null) throw new Refused(404, "no_report", "the file has not been tried yet");
    return reply.type("text/csv; charset=utf-8").header("content-disposition", 'attachment; filename="rejected.csv"').send(rejected);
  });

  app.delete<OfUpload>("/api/imports/:upload", { schema: ofUpload }, async ({ params }, reply) => {
    await crm.uploads.remove(params.upload);
    return reply.status(204).send();
  });

  app.get<{ Params: { language: (typeof languages)[number] } }>(
    "/api/imports/template/:language",
    { schema: ofLanguage },
    ({ params: { language } }, reply) => {
      const disposition = `attachment; filename="contacts-${language}.csv"`;
      return reply.type("text/csv; charset=utf-8").header("content-disposition", disposition).send(importTemplate(language));
    },
  );
}

async function read(crm: Crm, id: string, request: ImportRequest, dryRun: boolean): Promise<ImportReport> {
  const upload = crm.uploads.get(id);
  while (upload.reading !== null) {
    const { reading } = upload;
    if (!reading.dryRun) throw new Refused(409, "under_way", "the file is being imported already");
    // Other settings were chosen before the dry run was done.
    reading.stop.abort(new Refused(409, "given_up", "the dry run was given up for another one"));
    await reading.ended;
  }
  const { of, unknownSegments, update, replaceSegments, ...reading } = request;
  const policies = { unknownSegments, update, replaceSegments };
  const given = Object.fromEntries(Object.entries(policies).filter(([, policy]) => policy !== undefined));
  const stop = new AbortController();
  let progress = { doneBytes: 0, totalBytes: upload.bytes, rows: 0 };
  const tell = (done: boolean) => crm.changes.tell({ event: "import", data: { id, dryRun, done, ...progress } });
  const watched = {
    dryRun,
    signal: stop.signal,
    onProgress: (made: typeof progress) => {
      progress = made;
      tell(false);
    },
    ...ACTOR,
  };
  const importing =
    of === "contacts"
      ? crm.book.importCsv(upload.path, { ...reading, ...given, ...watched })
      : crm.book.importInteractions(upload.path, { ...reading, ...watched });
  upload.reading = { dryRun, stop, ended: importing.catch(() => {}) };
  try {
    const report = await importing;
    upload.rejected = report.rejectedCsv();
    return report;
  } finally {
    upload.reading = null;
    tell(true);
  }
}

function answer(report: ImportReport, change: ReportAnswer["change"]): ReportAnswer {
  const { created, updated, unchanged, rejected, ignoredColumns, problems, problemsLeftOut } = report;
  const [shown, problemsTotal] = [problems.slice(0, SHOWN), problems.length + problemsLeftOut];
  return { created, updated, unchanged, rejected, ignoredColumns, problems: shown, problemsTotal, change };
}

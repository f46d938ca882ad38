// Files that were dropped on the page: they wait in a temporary folder until they are imported or given up.

import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Refused } from "./errors.ts";

/** How many bytes a file may have. */
export const LARGEST = 1 << 30;
/** How many files may wait; the oldest one makes room. */
const MOST = 8;

export interface Upload {
  id: string;
  path: string;
  bytes: number;
  /** The rejected rows of the last import or dry run. */
  rejected: string | null;
  /** What is under way. */
  reading: { dryRun: boolean; stop: AbortController; ended: Promise<unknown> } | null;
}

export class Uploads {
  readonly #waiting = new Map<string, Upload>();
  #folder: Promise<string> | undefined;

  async add(stream: Readable): Promise<Upload> {
    this.#folder ??= mkdtemp(join(tmpdir(), "tagmata-crm-"));
    const id = randomUUID();
    const path = join(await this.#folder, `${id}.csv`);
    const counter = counting();
    try {
      await pipeline(stream, counter.through, createWriteStream(path));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const upload: Upload = { id, path, bytes: counter.bytes(), rejected: null, reading: null };
    this.#waiting.set(id, upload);
    const idle = [...this.#waiting.values()].filter(({ reading }) => reading === null);
    if (this.#waiting.size > MOST && idle[0] !== undefined) await this.remove(idle[0].id);
    return upload;
  }

  get(id: string): Upload {
    const upload = this.#waiting.get(id);
    if (upload === undefined) {
      throw new Refused(404, "no_upload", "the file is not here any more: drop it again");
    }
    return upload;
  }

  async remove(id: string): Promise<void> {
    const upload = this.get(id);
    upload.reading?.stop.abort(new Refused(409, "stopped", "the import was stopped; nothing has changed"));
    this.#waiting.delete(id);
    await rm(upload.path, { force: true });
  }

  async clear(): Promise<void> {
    for (const id of [...this.#waiting.keys()]) await this.remove(id);
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true });
  }
}

/** Lets bytes through, and not too many of them. */
function counting(): { through: Transform; bytes: () => number } {
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > LARGEST ? new Refused(413, "too_large", "a file may have up to 1 GiB") : null, chunk);
    },
  });
  return { through, bytes: () => bytes };
}

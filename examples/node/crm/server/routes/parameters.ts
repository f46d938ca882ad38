// What stands in the paths of routes. Nothing is converted on its way into a route, so numbers are texts here.

import { Type } from "@sinclair/typebox";

const NUMBER = Type.String({ pattern: "^[0-9]{1,9}$" });

export interface OfContact {
  Params: { contact: string };
}
export const ofContact = { params: Type.Object({ contact: NUMBER }) };

export interface OfCommit {
  Params: { commit: string };
}
export const ofCommit = { params: Type.Object({ commit: NUMBER }) };

export interface OfSegment {
  Params: { segment: string };
}
export const ofSegment = { params: Type.Object({ segment: Type.String({ minLength: 1, maxLength: 1_000 }) }) };

export interface OfTag {
  Params: { tag: string };
}
export const ofTag = { params: Type.Object({ tag: Type.String({ minLength: 1, maxLength: 1_000 }) }) };

/** Whether something is deleted although it is used. */
export interface Forced {
  Querystring: { force?: "true" };
}
export const forced = {
  querystring: Type.Object({ force: Type.Optional(Type.Literal("true")) }, { additionalProperties: false }),
};

export interface OfUpload {
  Params: { upload: string };
}
export const ofUpload = { params: Type.Object({ upload: Type.String({ maxLength: 64 }) }) };

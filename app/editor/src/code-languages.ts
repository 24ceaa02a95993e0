/** Grammars for code in Markdown, each loaded when a document first uses it. HTML is left out: its grammar is as large as the editor's own part. */
import { LanguageDescription, LanguageSupport, StreamLanguage, type StreamParser } from "@codemirror/language";

/** The languages that code is coloured in, for the editor and the reader. */
export const codeLanguages: readonly LanguageDescription[] = [
  describe("Rust", ["rs"], async () => (await import("@codemirror/lang-rust")).rust()),
  describe("JavaScript", ["js", "jsx", "mjs", "node"], async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true })),
  describe("TypeScript", ["ts", "tsx"], async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true, jsx: true })),
  describe("Python", ["py"], async () => (await import("@codemirror/lang-python")).python()),
  describe("Go", ["golang"], async () => (await import("@codemirror/lang-go")).go()),
  describe("Java", [], async () => (await import("@codemirror/lang-java")).java()),
  describe("SQL", ["postgres", "postgresql", "psql", "mysql"], async () => {
    const { sql, PostgreSQL } = await import("@codemirror/lang-sql");
    return sql({ dialect: PostgreSQL });
  }),
  describe("YAML", ["yml"], async () => (await import("@codemirror/lang-yaml")).yaml()),
  describe("JSON", ["jsonc", "json5"], async () => (await import("@codemirror/lang-json")).json()),
  describe("Shell", ["sh", "bash", "zsh", "console"], async () => stream((await import("@codemirror/legacy-modes/mode/shell")).shell)),
  describe("TOML", [], async () => stream((await import("@codemirror/legacy-modes/mode/toml")).toml)),
  describe("Dockerfile", ["docker"], async () => stream((await import("@codemirror/legacy-modes/mode/dockerfile")).dockerFile)),
  describe("Protobuf", ["proto"], async () => stream((await import("@codemirror/legacy-modes/mode/protobuf")).protobuf)),
  describe("Diff", ["patch"], async () => stream((await import("@codemirror/legacy-modes/mode/diff")).diff)),
];

/** The language that a fence names (` ```rust ignore ` is Rust); none: not one of ours. */
export function codeLanguage(info: string): LanguageDescription | null {
  const name = /^[\w+#-]+/.exec(info)?.[0] ?? "";
  return name === "" ? null : LanguageDescription.matchLanguageName(codeLanguages, name, false);
}

function describe(name: string, alias: string[], load: () => Promise<LanguageSupport>): LanguageDescription {
  return LanguageDescription.of({ name, alias, load });
}

function stream(parser: StreamParser<unknown>): LanguageSupport {
  return new LanguageSupport(StreamLanguage.define(parser));
}

// What the parts of the front end hand to each other.

import type { Asked, Choice, Confidence, FromBrowser, FromKernel, Html, Part, Ready, View } from "./protocol.ts";

/** What anywidget gives: the view, and the channel to the kernel. */
export interface Model {
  get(name: "data"): View;
  on(event: "msg:custom", hear: (message: FromKernel) => void): void;
  off(event: "msg:custom", hear: (message: FromKernel) => void): void;
  send(message: FromBrowser): void;
}

/** What all cards of one view share. */
export interface Quiz {
  data: View;
  /** No other view on the page has it. */
  uid: string;
  study: boolean;
  send(message: FromBrowser): void;
  watch: Stopwatch | null;
  /** The question on top that was asked for here and has not come yet. */
  wanted: string | null;
}

export interface Stopwatch {
  begin(node: Element): void;
  seconds(node: Element): number | null;
  again(node: Element): void;
  end(): void;
}

/** One question on the page, as its own parts know it. */
export interface One {
  quiz: Quiz;
  asked: Asked;
  node: HTMLFieldSetElement;
  task: HTMLElement;
  input: Input;
  verdict: HTMLElement;
  hintList: HTMLElement;
  said: HTMLElement;
  /** None in a release and on a flash card. */
  buttons: Buttons | null;
  sure: Sure | null;
  choice: Choice | null;
  confidence: Confidence | null;
  /** How many hints are shown. */
  hints: number;
  /** How many choices this view has told of this question. */
  words: number;
  /** The timer that complains of a slow kernel. */
  waiting?: number;
}

/** One question on the page, as others know it. */
export interface Card {
  node: HTMLElement;
  hear(message: FromKernel): void;
}

/** What a learner answers with. */
export interface Input {
  node: HTMLElement;
  show(choice: Choice | null): void;
  /** Puts a text in, as if it had been typed. */
  fill?(text: string): void;
  mark(parts: Part[] | null): void;
  /** The choice as it stands, where an untouched one is a choice. */
  current?(): Choice;
  /** Records what is still being typed. */
  flush?(): void;
}

/** A part of an input that can be marked. */
export interface Row {
  id: string;
  row: HTMLElement;
  why: HTMLElement;
}

export interface Buttons {
  check: HTMLButtonElement;
  again: HTMLButtonElement;
  hint: HTMLButtonElement;
  reveal: HTMLButtonElement;
  another?: HTMLButtonElement;
}

export interface Sure {
  node: HTMLElement;
  show(value: Confidence | null): void;
}

/** A heading: what is seen, and what is only read out. */
export type Name = [words: string, spoken: string];

type Spoken = Exclude<FromBrowser, Ready>;
type Unsigned<Message> = Message extends Spoken ? Omit<Message, "id" | "word"> : never;
/** A message before its question and its number are put on it. */
export type Words = Unsigned<Spoken>;

export type Attribute = string | number | boolean | null | undefined | (() => void);
export type Child = Node | string | null | undefined;
export type { Html };

// What kernel and browser tell each other about a quiz, in JSON.
// The kernel's side is protocol.py; a test compares the two name by name, so keep to interfaces, unions, lists and records.

/** Rendered by richtext.py, which lets no raw HTML through. */
export type Html = string;
export type Kind = "choose-one" | "choose-many" | "number" | "order" | "match";
/** A figure as typed; the ids of options or of items in order; by the id on the left, the id on the right. */
export type Choice = string | string[] | Record<string, string>;
export type Confidence = "guess" | "think" | "sure";
export type Judged = "CORRECT" | "PARTIAL" | "INCORRECT" | "REVEALED";
/** Which view speaks, and its how many-th choice of an answer to the question. */
export type Word = [view: string, count: number];
/** The last word of each view that the kernel has heard on a question. */
export type Heard = Record<string, number>;

// ---- the view: all that a browser may know before anything is checked ----

/** An option, an item or one side of a pair. */
export interface Thing {
  id: string;
  html: Html;
  /** For places that hold no markup. */
  plain: string;
}

interface AskedAnyhow {
  id: string;
  /** An exam scenario. */
  exam: boolean;
  stem: Html;
  /** How many options are right, as a figure and in capitals. */
  choose: number;
  word: string;
  /** Empty where there is none. */
  unit: string;
  /** Whether it can be asked again with other figures. */
  another: boolean;
  /** The other side of a flash card. */
  back?: Html;
}

export interface AskedChoose extends AskedAnyhow {
  kind: "choose-one" | "choose-many";
  options: Thing[];
}

export interface AskedNumber extends AskedAnyhow {
  kind: "number";
}

export interface AskedOrder extends AskedAnyhow {
  kind: "order";
  items: Thing[];
}

export interface AskedMatch extends AskedAnyhow {
  kind: "match";
  left: Thing[];
  right: Thing[];
}

export type Asked = AskedChoose | AskedNumber | AskedOrder | AskedMatch;

export interface View {
  mode: "study" | "release";
  /** Whether learners are asked how sure they are. */
  confidence: boolean;
  questions: Asked[];
}

// ---- from the kernel ----

/** What there is to say about a figure that was typed. */
export interface Remark {
  text: string;
  /** What to type instead, where it can be read in two ways. */
  offers: string[];
}

/** What is recorded for a question, whenever that changes. */
export interface State {
  type: "state";
  id: string;
  /** The recorded answer in words; empty where there is none, or nothing that is understood. */
  said: Html;
  /** What went wrong with the record itself. */
  notice: string;
  remark: Remark | null;
  heard: Heard;
  choice: Choice | null;
  tries?: number;
  confidence?: Confidence | null;
}

/** One thing that was chosen, placed or paired, or should have been. */
export interface Part {
  /** Empty for a number, which has one part. */
  id: string;
  taken: boolean;
  right: boolean;
  why: Html;
}

/** A mistake that has come back. */
export interface Again {
  html: Html;
  /** The question that tells two ideas apart; empty where there is none. */
  ask: string;
}

export interface Judgement {
  verdict: Judged;
  title: string;
  detail: string;
  parts: Part[];
  /** The right answer in words, once it may be seen. */
  solution: Html;
  /** The reason for the answer as a whole. */
  general: Html;
  /** Where to read about it. */
  read: Html;
}

export interface Feedback extends Judgement {
  type: "feedback";
  id: string;
  heard: Heard;
  again?: Again;
}

export interface Hint {
  type: "hint";
  id: string;
  number: number;
  total: number;
  html: Html;
}

/** A sentence, where there is nothing to judge. */
export interface Say {
  type: "say";
  id: string;
  text: string;
}

/** A question on top, to be shown below the one it came from. */
export interface More {
  type: "more";
  id: string;
  after: string;
  title: string;
  asked: Asked;
}

export type FromKernel = State | Feedback | Hint | Say | More;

// ---- from the browser; the kernel believes none of it ----

/** A new view asks to be brought up to date. */
export interface Ready {
  type: "ready";
}

interface Spoken {
  id: string;
  word: Word;
}

/** A choice to record. */
export interface Choose extends Spoken {
  type: "choose";
  choice: Choice;
  confidence: Confidence | null;
}

/** A choice to record and judge. */
export interface Check extends Spoken {
  type: "check";
  choice: Choice | null;
  confidence: Confidence | null;
  /** How long the question was in sight since the last check. */
  seconds: number | null;
}

/** Asks for the hint after so many. */
export interface AskHint extends Spoken {
  type: "hint";
  seen: number;
}

/** Asks for the whole answer. */
export interface Reveal extends Spoken {
  type: "reveal";
}

/** Asks for the same question with other figures. */
export interface Another extends Spoken {
  type: "another";
}

/** Asks for the question that tells two ideas apart. */
export interface Apart extends Spoken {
  type: "apart";
  ask: string;
}

export type FromBrowser = Ready | Choose | Check | AskHint | Reveal | Another | Apart;

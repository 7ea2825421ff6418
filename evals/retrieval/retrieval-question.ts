/** A question, and the place that answers it: a heading that holds `heading`, or lines that hold `phrase`. */
export interface RetrievalQuestion {
  /** Asked as somebody asks who has not read the document. */
  ask: string;
  /** The package and the file in it. */
  file: string;
  heading?: string;
  phrase?: string;
}

/** Questions, and some that no document answers. */
export interface QuestionSet {
  questions: readonly RetrievalQuestion[];
  offTopic: readonly string[];
}

/** Who is in the story. */
import type { Stage, Voice } from './stage.ts';

export const ANN = 7001;
export const OLEG = 7002;

export interface Cast {
  readonly stage: Stage;
  /** the owner, in Berlin; her Telegram is in English */
  readonly ann: Voice;
  /** let in by her on the eleventh day; his Telegram is in Russian */
  readonly oleg: Voice;
}

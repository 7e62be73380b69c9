/** What the cluster's tests stand on: a cluster, and images of Steward in it. Found or brought up once a run. */
import 'vitest';

export interface Ground {
  /** Why nothing can be run here; the rest is empty then. */
  readonly missing: string;
  readonly kubeconfig: string;
  /** Where kubectl, helm and kubeseal are, before the ordinary PATH. */
  readonly path: string;
  /** Repository and tag of today's image. */
  readonly image: string;
  /** The same with one migration more, and with one that fails; '' where no image can be built. */
  readonly next: string;
  readonly broken: string;
  /** Unpacked bytes; 0 where the image was given. */
  readonly imageBytes: number;
}

declare module 'vitest' {
  interface ProvidedContext {
    ground: Ground;
  }
}

import type { Trial } from './Trial.ts';

/** One thing that somebody could change so that a pod fits on a node. */
export interface Change {
  /** Stable name of the kind of change. */
  readonly kind:
    | 'uncordon'
    | 'awaitReady'
    | 'tolerate'
    | 'label'
    | 'dropRequirement'
    | 'dropNodeName'
    | 'free'
    | 'lowerRequest'
    | 'morePods'
    | 'moveAway'
    | 'dropAffinity'
    | 'dropAntiAffinity'
    | 'raiseMaxSkew'
    | 'dropSpread';
  /** What to do, as an instruction. */
  readonly text: string;
  readonly apply: (trial: Trial) => void;
}

/** How the refusals of one plugin can be lifted. */
export interface Remedy {
  /** The plugin's name. */
  readonly plugin: string;
  /**
   * The next change towards making the plugin accept `node` in the trial as it stands; undefined when none is known. Asked again after each
   * change for as long as the plugin refuses.
   */
  readonly nextChange: (trial: Trial, node: string) => Change | undefined;
}

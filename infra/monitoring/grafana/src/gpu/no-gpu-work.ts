/** Stands above every graph of GPUs: none may look as if it had to do with our work. */
export const NO_GPU_WORK =
  'No GPU work yet: Transcode encodes on processors alone. What is drawn of a card is what other programs do with it.';
/** In the place of a graph where there is nothing. */
export const NO_CARD = 'No GPU work yet, and no card';
/** The card that was chosen above the dashboard. */
export const CHOSEN = { gpu: { like: '$gpu' } } as const;

/** A thin bar that fills from the left; `fraction` is 0..1. `still`: nothing moves just now. */
export function Progress({ fraction, label, still = false }: { fraction: number; label: string; still?: boolean }) {
  return (
    <progress
      aria-label={label}
      max={1}
      value={Math.min(1, Math.max(0, fraction))}
      data-still={still || undefined}
      className="progress"
    />
  );
}

'use client';
import { useRef, useState, type ComponentType, type ReactNode } from 'react';

interface Size {
  readonly width: number;
  readonly height: number;
}

interface DrawnWhenTouchedProps<Props> {
  /** What it shows and how that was, in a sentence, for who cannot see it. */
  readonly label: string;
  readonly className: string;
  readonly props: Props;
  readonly load: () => Promise<ComponentType<Props & { readonly size: Size }>>;
  /** What is seen until then; it takes the same room. */
  readonly children: ReactNode;
}

/**
 * A chart is plain lines first, as most people only look at it. What tells each figure under the pointer, and weighs as much as a page,
 * comes when a pointer or a finger does.
 */
export function DrawnWhenTouched<Props extends object>(all: DrawnWhenTouchedProps<Props>) {
  const { label, className, props, load, children } = all;
  const box = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<{ readonly Chart: ComponentType<Props & { size: Size }>; readonly size: Size }>();
  const touch = async () => {
    if (drawn !== undefined || box.current === null) return;
    const { clientWidth: width, clientHeight: height } = box.current;
    try {
      const Chart = await load();
      setDrawn({ Chart, size: { width, height } });
    } catch {
      // There is no line by which it could be had: the lines stay, and the next touch asks again.
    }
  };
  return (
    <div
      ref={box}
      {...{ role: 'img', 'aria-label': label }}
      className={className}
      onPointerEnter={() => void touch()}
      onPointerDown={() => void touch()}
    >
      {drawn === undefined ? children : <drawn.Chart {...props} size={drawn.size} />}
    </div>
  );
}

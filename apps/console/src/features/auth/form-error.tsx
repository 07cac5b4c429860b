import { Icon } from '@transcode/ui';

export function FormError({ sentence }: { sentence: string | undefined }) {
  return (
    <div role="alert" className={sentence ? 'flex items-start gap-2 text-small text-red' : 'sr-only'}>
      {sentence && (
        <>
          <Icon name="alert" className="mt-px size-4" />
          {sentence}
        </>
      )}
    </div>
  );
}

export { Button, LinkButton } from './button.tsx';
export { classNames } from './class-names.ts';
export { Dialog, DialogActions } from './dialog.tsx';
export { Disclosure } from './disclosure.tsx';
export { EmptyState } from './empty-state.tsx';
export { Field } from './field.tsx';
export { formatBitRate, formatByteRate, formatBytes, formatExact } from './format-bytes.ts';
export { formatFps, formatFrameRate, formatScore, formatSpeed } from './format-number.ts';
export {
  formatAgo,
  formatDuration,
  formatExactDuration,
  formatMoment,
  formatSpan,
  formatTimeLeft,
  formatAbout,
} from './format-time.ts';
export { Icon, type IconName } from './icon.tsx';
export { Menu, MenuGroup, MenuItem, MenuLabel } from './menu.tsx';
export { Progress } from './progress.tsx';
export { SelectField } from './select-field.tsx';
export { Skeleton } from './skeleton.tsx';
export { StoryPicture } from './story-picture.tsx';
export { frameAt, parseStoryboard, type StoryFrame } from './storyboard.ts';
export { Strip } from './strip.tsx';
export { describeCells, groupCells, type StripCell } from './strip-cells.ts';
export { Time } from './time.tsx';
export { ToastProvider, useToast } from './toast.tsx';
export { useWidth } from './use-width.ts';

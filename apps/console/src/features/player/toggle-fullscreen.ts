/** iPhones give the full screen to a video element only. */
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

export function toggleFullscreen(player: HTMLElement | null, video: AppleVideo | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (player?.requestFullscreen) void player.requestFullscreen();
  else video?.webkitEnterFullscreen?.();
}

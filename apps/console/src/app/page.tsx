export default function Page() {
  return <p className="text-lg">hi</p>;
}

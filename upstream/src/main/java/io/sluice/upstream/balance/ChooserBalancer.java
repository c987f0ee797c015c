package io.sluice.upstream.balance;

/** Takes what a chooser chose. */
final class ChooserBalancer implements Balancer {
    private final PeerChooser chooser;

    ChooserBalancer(PeerChooser chooser) {
        this.chooser = chooser;
    }

    @Override
    public Choice get(PeerRequest request) {
        Candidates peers = request.peers();
        // Each refusal means that a peer became full or began to rest meanwhile; more of them than peers means a
        // chooser that does not ask.
        for (int left = peers.size(); left >= 0; left--) {
            int index = chooser.choose(peers, request.key());
            if (index == PeerChooser.NONE) {
                return Choice.BUSY;
            }
            if (request.take(index)) {
                return Choice.PEER;
            }
        }
        return Choice.BUSY;
    }

    @Override
    public String toString() {
        return chooser.toString();
    }
}

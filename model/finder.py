"""The finder: one or several pictures to an answer."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from model.arrays import FloatArray, unit
from model.calibration import COVERAGE
from model.decode import decode, look
from model.duplicates import find_duplicate
from model.encoder import Encoder
from model.explaining import Explainer
from model.fitting import Fit, check_lengths
from model.fusing import Question, ask
from model.index import Index, best_first
from model.painters import painters_of, shares
from model.plain import usual
from model.trained import trained_of
from storage.answers import Answer, ArtistSet, ArtistShare, Duplicate, Familiarity, Match
from storage.errors import EmptyCatalogue, WebtoonNotFound
from storage.records import StoredWebtoon
from storage.vectors import Stamp, VectorTable

# A webtoon is as near as its nearest thumbnails say; one may be chance, all would punish variety.
BEST = 3
LEAST_ARTISTS = 10
MOST_IN_SET = 5
_LIKELY = 0.5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Catalogue:
    """What there is to find; `stamp` tells from what state of the database it was read.

    `hashes` has the perceptual hashes of its pictures, by their sha256.
    """

    table: VectorTable
    webtoons: Mapping[int, StoredWebtoon]
    hashes: Mapping[str, int] = field(default_factory=dict)
    stamp: Stamp | None = None


class Finder:
    """Answers pictures from one generation and one state of the catalogue; threads may share it."""

    def __init__(self, encoder: Encoder, *, fit: Fit, catalogue: Catalogue) -> None:
        """Build the index; raises EmptyCatalogue and GenerationMismatch."""
        table = catalogue.table
        if not len(table.vectors):
            raise EmptyCatalogue
        self.generation = encoder.generation
        self.stamp = catalogue.stamp
        self.encoder = encoder
        self._fit = fit
        self._webtoons = catalogue.webtoons
        self._episodes, self._pictures = table.episode_numbers, table.pictures
        check_lengths(self.generation, fit, length=table.vectors.shape[1])
        self._index = Index(table.vectors, table.webtoon_ids, style=fit.whitening.dimensions)
        self._hashes = np.array([catalogue.hashes.get(name, 0) for name in table.pictures], np.uint64)
        self._painters = painters_of(table.webtoon_ids, catalogue.webtoons)
        self._trained = trained_of(self.generation, self._painters)

    def find(self, pictures: Sequence[bytes], *, top: int = 10) -> Answer:
        """Find the webtoons drawn most like the pictures, which are taken as one artist's.

        Raises PictureError for the first that cannot be used.
        """
        started = time.perf_counter()
        seen = [look(data) for data in pictures]
        decoded = time.perf_counter()
        parts = [self.encoder.statistics(each.crops) for each in seen]
        rows = np.stack([part.mean(axis=0) for part in parts])
        encoded = time.perf_counter()
        place = self._fit.whitening.place
        question = ask(
            place(rows),
            index=self._index,
            calibration=self._fit.calibration,
            panels={number: place(part) for number, part in enumerate(parts) if len(part) > 1},
        )
        head = question.weights[: len(rows)] @ rows[:, self.generation.manifest.heads]
        answer = self._answer(question, top=top, head=head)
        duplicates = tuple(self._duplicates([each.phash for each in seen], question))
        seconds = {
            "decode": decoded - started,
            "encode": encoded - decoded,
            "search": time.perf_counter() - encoded,
        }
        return replace(
            answer,
            familiarity=Familiarity.CLOSE if duplicates else answer.familiarity,
            pictures=len(seen),
            one_of=self._one_of(question, answer),
            duplicates=duplicates,
            crops=sum(len(each.crops) for each in seen),
            seconds=seconds,
        )

    def like(self, webtoon_id: int, *, top: int = 10) -> Answer:
        """Find the webtoons drawn most like one of the catalogue, its own seasons left out.

        Raises WebtoonNotFound for one that is not there or has no picture yet.
        """
        started = time.perf_counter()
        place = int(np.searchsorted(self._index.groups, webtoon_id))
        if place >= len(self._index.groups) or self._index.groups[place] != webtoon_id:
            stored = self._webtoons.get(webtoon_id)
            raise WebtoonNotFound(title=stored.webtoon.title if stored else webtoon_id)
        query = unit(self._index.vectors[self._rows(place)].mean(axis=0))
        similarities, alike = self._index.compare(query)
        for kin in self._kin(webtoon_id):
            similarities[self._rows(kin)] = alike[self._rows(kin)] = -np.inf
        best = float(alike.max())
        question = Question(
            similarities=similarities[None],
            weights=np.ones(1, dtype=np.float32),
            nearness=best if np.isfinite(best) else -1.0,
        )
        answer = self._answer(question, top=top)
        return replace(answer, seconds={"search": time.perf_counter() - started})

    def explainer(self, thumbnails: Sequence[bytes]) -> Explainer:
        """Make what says why a match is one; `thumbnails` are a sample of the catalogue's."""
        crops = [crop for data in thumbnails for crop in decode(data)[:1]]
        return Explainer(self.encoder, self._fit.whitening, usual=usual(crops))

    def _answer(self, question: Question, *, top: int, head: FloatArray | None = None) -> Answer:
        calibration = self._fit.calibration
        known = calibration.known(question.nearness)
        return Answer(
            matches=tuple(self._matches(question, top)),
            artists=tuple(
                replace(share, probability=share.probability * known)
                for share in self._artists(question, top=max(top, LEAST_ARTISTS), head=head)
            ),
            familiarity=calibration.familiarity(question.nearness),
            generation=self.generation.id,
            crops=0,
            seconds={},
        )

    def _matches(self, question: Question, top: int) -> Iterator[Match]:
        scores = question.scores(self._index.starts, count=BEST)
        shown = question.similarities[-1]
        for rank, place in enumerate(best_first(scores, top), start=1):
            if np.isfinite(scores[place]):
                rows = self._rows(place)
                row = rows.start + int(shown[rows].argmax())
                yield Match(
                    rank=rank,
                    stored=self._webtoons[int(self._index.groups[place])],
                    score=float(np.clip(scores[place], 0, 1)),
                    picture=self._pictures[row],
                    episode=int(self._episodes[row]),
                )

    def _artists(self, question: Question, *, top: int, head: FloatArray | None) -> Iterator[ArtistShare]:
        painters = self._painters
        found = self._shares(question)
        trained = np.zeros(len(found), dtype=bool)
        if self._trained is not None and head is not None:
            found, trained = self._trained.mix(found, head)
        for place in best_first(found, top):
            if found[place] > 0:
                yield ArtistShare(
                    artist=painters.names[place],
                    probability=float(found[place]),
                    trained=bool(trained[place]),
                )

    def _shares(self, question: Question) -> FloatArray:
        """Share a picture out among the painters, as if it were by one of them."""
        return shares(self._painters.ask(question), self._fit.calibration.temperature)

    def _one_of(self, question: Question, answer: Answer) -> ArtistSet | None:
        """Name the artists one of whom it is nine times of ten, if that can be said and they are few.

        Of what is rather by nobody of the catalogue, nothing is said.  What is promised was measured on
        similarity alone: whom a head puts first joins those, which can only keep the promise better.
        """
        reach = self._fit.calibration.reach
        strange = answer.familiarity is Familiarity.NONE
        if strange or self._fit.calibration.known(question.nearness) < _LIKELY:
            return None
        if reach <= 0 or len(self._painters.names) < 2:  # noqa: PLR2004  one needs no set
            return None
        found = self._shares(question)
        likely = best_first(found, max(1, int((found >= reach).sum())))
        names = dict.fromkeys([answer.artists[0].artist, *(self._painters.names[place] for place in likely)])
        return ArtistSet(artists=tuple(names), coverage=COVERAGE) if len(names) <= MOST_IN_SET else None

    def _duplicates(self, hashes: Sequence[int], question: Question) -> Iterator[Duplicate]:
        """Find which pictures of the query the catalogue holds."""
        for place, hashed in enumerate(hashes):
            cosines = question.similarities[place] + self._index.excess
            row = find_duplicate(hashed, cosines, hashes=self._hashes)
            if row is not None:
                webtoon = self._index.groups[np.searchsorted(self._index.starts, row, side="right") - 1]
                yield Duplicate(
                    place=place,
                    stored=self._webtoons[int(webtoon)],
                    picture=self._pictures[row],
                    episode=int(self._episodes[row]),
                )

    def _rows(self, place: int | np.intp) -> slice:
        """Tell which rows of the index belong to its webtoon number `place`."""
        starts = self._index.starts
        end = starts[place + 1] if place + 1 < len(starts) else len(self._index)
        return slice(int(starts[place]), int(end))

    def _kin(self, webtoon_id: int) -> list[int]:
        """List the webtoon's own place in the index and those of its seasons and sequels."""
        group = self._webtoons[webtoon_id].webtoon.series_group
        return [
            place
            for place, other in enumerate(self._index.groups.tolist())
            if other == webtoon_id or (group and self._webtoons[other].webtoon.series_group == group)
        ]

"""What each figure says, in the words of somebody who meets it for the first time.

The definitions stand in ``eval/metrics/``; these are only enough to read a report by.
"""

from collections.abc import Mapping

from eval.metrics import precision, recall
from eval.metrics.answer_shown import MOST_WORDS
from eval.metrics.correct import WORD_LIMIT

EXPLANATIONS: Mapping[str, str] = {
    **{
        f"recall@{k}": f"gold quotes that stand in the first {k} paragraphs found"
        if k > 1
        else "gold quotes that stand in the first paragraph found"
        for k in recall.CUTOFFS
    },
    **{
        f"precision@{k}": f"of the first {k} found, those that hold a gold quote; where one"
        f" paragraph does, at most {1 / k:.3g}"
        if k > 1
        else "the first paragraph found holds a gold quote"
        for k in precision.CUTOFFS
    },
    "ndcg@10": "how near the top the gold paragraphs are among the first ten; 1 is the best order",
    "mrr": "1 / rank of the first gold paragraph: 1 at the top, 0.5 at the second place",
    "correct": f"an accepted answer stands in the answer, of at most {WORD_LIMIT} words",
    "answer_shown": "an accepted answer stands in what the reader is shown, a refusal’s quotation"
    f" too, of at most {MOST_WORDS} words",
    "exact_match": "the answer is an accepted one word for word; whole sentences are not",
    "token_f1": "words shared with the nearest accepted answer",
    "rouge_l": "words shared in the same order with the nearest accepted answer; for long ones",
    "answer_words": "words of an answer, the median",
    "citation_precision": "citations that lead to a gold paragraph",
    "citation_recall": "gold quotes whose paragraph is cited",
    "citation_f1": "both of these in one: low as soon as one of them is",
    "quote_overlap": "words shared by the quotation that is marked and the gold quote",
    "invalid_citations": "citations that lead nowhere; should be 0",
    "citations_per_sentence": "citations that a sentence of an answer has on average",
    "supported": "sentences that their source bears out in full, as shown to the reader",
    "unsupported": "sentences that nothing bears out, as shown to the reader",
    "false_answers": "unanswerable questions that were answered all the same",
    "false_refusals": "answerable questions that were refused",
    "refusal_precision": "of the refusals, those of unanswerable questions",
    "refusal_recall": "of the unanswerable questions, those refused",
    "refusal_f1": "both of these in one",
    "aurc": "how often answers are wrong when only the surest are given, the mean over every share"
    " of them: the area under the curve above",
    "confidence_auc": "how often an answerable question has more confidence than an unanswerable"
    " one; 0.5 is chance",
}
"""By the key of the figure; each of them has one."""
